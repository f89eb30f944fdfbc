insert into products (sku, name, price_cents, stock) values
    ('A1', 'Anvil', 500, 10),
    ('B2', 'Bellows', 1250, 3),
    ('C3', 'Chisel', 80, 100),
    ('D4', 'Drill, hand', 2400, 0);
