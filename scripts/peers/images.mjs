/**
 * Container images that stand in for those of a registry where no registry can be reached. Each carries the reference
 * that rendered files use and follows the documented behaviour of the official image as far as we use it, but is made
 * of Debian: a file that calls apk does not work on it. The label `plinth.stand-in=true` tells them apart.
 *
 * Debian's testing release, because it has PostgreSQL 18 with its client programs and an nginx close to the one named.
 * Traefik is the one that could be built, see peers.mjs.
 *
 * `packages` come from Debian. `files` are [source, target, mode] with sources in images/ or, as {peer}, a built peer.
 * `commands` run in the image afterwards. The rest is the image's configuration.
 */
export const suite = 'forky';

export const nodeVersion = '24.21.0';

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export const baseImages = [
  {
    name: 'node',
    tag: 'node:24.21.0-alpine3.22',
    files: [
      ['node-entrypoint.sh', '/usr/local/bin/docker-entrypoint.sh', 0o755],
      [{ pinnedNode: true }, '/usr/local/bin/node', 0o755],
    ],
    // In the place where the official image has them; the npm package with the binary lacks them.
    npm: ['npm@11.19.1', 'corepack@0.36.0'],
    commands: ['groupadd --gid 1000 node', 'useradd --uid 1000 --gid node --shell /bin/bash --create-home node'],
    config: {
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['node'],
      Env: [`PATH=${path}`, `NODE_VERSION=${nodeVersion}`],
    },
  },
  {
    name: 'postgres',
    tag: 'postgres:18.1-alpine3.22',
    // Numbers of the official Alpine image; the package keeps an account that exists. It must not make a cluster.
    prepare: [
      'groupadd --gid 70 postgres',
      'useradd --uid 70 --gid postgres --home-dir /var/lib/postgresql --shell /bin/sh postgres',
      'mkdir -p /etc/postgresql-common',
      'echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf',
    ],
    packages: ['postgresql-18', 'postgresql-client-18'],
    files: [['postgres-entrypoint.sh', '/usr/local/bin/docker-entrypoint.sh', 0o755]],
    commands: [
      'mkdir -p /docker-entrypoint-initdb.d',
      'chown postgres:postgres /var/lib/postgresql',
      'sed -i "s/^#listen_addresses = .*/listen_addresses = \'*\'/" /usr/share/postgresql/18/postgresql.conf.sample',
    ],
    config: {
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['postgres'],
      // Since 18 the data lie in a folder of the version below the volume.
      Env: [
        `PATH=/usr/lib/postgresql/18/bin:${path}`,
        'LANG=C.UTF-8',
        'PG_MAJOR=18',
        'PGDATA=/var/lib/postgresql/18/docker',
      ],
      ExposedPorts: { '5432/tcp': {} },
      Volumes: { '/var/lib/postgresql': {} },
      StopSignal: 'SIGINT',
    },
  },
  {
    name: 'pgbouncer',
    tag: 'edoburu/pgbouncer:v1.25.2-p0',
    packages: ['pgbouncer', 'postgresql-client-18'],
    commands: ['ln -sf /usr/sbin/pgbouncer /usr/bin/pgbouncer'],
    config: {
      Cmd: ['pgbouncer', '/etc/pgbouncer/pgbouncer.ini'],
      Env: [`PATH=${path}`],
      ExposedPorts: { '5432/tcp': {} },
    },
  },
  {
    name: 'traefik',
    tag: 'traefik:v3.7.13',
    files: [
      ['traefik-entrypoint.sh', '/entrypoint.sh', 0o755],
      [{ peer: 'traefik' }, '/usr/local/bin/traefik', 0o755],
    ],
    config: {
      Entrypoint: ['/entrypoint.sh'],
      Cmd: ['traefik'],
      Env: [`PATH=${path}`],
      ExposedPorts: { '80/tcp': {} },
    },
  },
  {
    name: 'nginx',
    tag: 'nginx:1.29.3-alpine',
    prepare: ['groupadd --gid 101 nginx', 'useradd --uid 101 --gid nginx --home-dir /var/cache/nginx nginx'],
    packages: ['nginx-light', 'gettext-base'],
    files: [
      ['nginx-entrypoint.sh', '/docker-entrypoint.sh', 0o755],
      ['nginx.conf', '/etc/nginx/nginx.conf', 0o644],
      ['nginx-default.conf', '/etc/nginx/conf.d/default.conf', 0o644],
    ],
    commands: [
      'mkdir -p /docker-entrypoint.d',
      'mkdir -p /usr/share/nginx/html && echo "Welcome to nginx!" > /usr/share/nginx/html/index.html',
      'ln -sf /dev/stdout /var/log/nginx/access.log',
      'ln -sf /dev/stderr /var/log/nginx/error.log',
    ],
    config: {
      Entrypoint: ['/docker-entrypoint.sh'],
      Cmd: ['nginx', '-g', 'daemon off;'],
      Env: [`PATH=${path}`, 'NGINX_VERSION=1.29.3'],
      ExposedPorts: { '80/tcp': {} },
      StopSignal: 'SIGQUIT',
    },
  },
];
