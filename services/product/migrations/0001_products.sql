CREATE TABLE product.products (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  description text,
  archived boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (tenant_id, key),
  UNIQUE (tenant_id, id)
);
CALL plinth.protect_tenant_table('product.products');

CREATE TABLE product.features (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  product_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  type text NOT NULL CHECK (type IN ('boolean', 'limit', 'metered')),
  meter text,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (tenant_id, key),
  FOREIGN KEY (tenant_id, product_id) REFERENCES product.products (tenant_id, id)
);
CALL plinth.protect_tenant_table('product.features');
