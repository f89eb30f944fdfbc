create table maps (id serial primary key, title text not null);
insert into maps (title) values ('north'), ('south');
