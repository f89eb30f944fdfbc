create table shelved (id serial primary key, title text not null);
