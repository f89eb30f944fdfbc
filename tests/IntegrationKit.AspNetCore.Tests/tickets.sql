create table tickets (id serial primary key, title text not null, opened_by text not null, closed boolean not null default false);
