/**
 * nginx of a static site: `/health`, assets with a hash in their name for a year, pages for an hour, and the page of a
 * single-page application for addresses that are no file. `/env.json`, its variables, is never kept. Everything that it writes lies in /tmp.
 */
export function renderStaticSiteConf(type: 'astro' | 'vite' | 'expo', port: number): string {
  return `worker_processes auto;
pid /tmp/nginx.pid;
error_log /dev/stderr warn;
daemon off;
events {
  worker_connections 1024;
}
http {
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log /dev/stdout;
  client_body_temp_path /tmp/client-body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;
  server_tokens off;
  sendfile on;
  gzip on;
  gzip_vary on;
  gzip_min_length 1024;
  gzip_types text/css text/plain text/xml application/javascript application/json application/manifest+json application/xml image/svg+xml;
  server {
    listen ${port};
    server_name _;
    root /usr/share/nginx/html;
    index index.html;
    absolute_redirect off;
    add_header X-Content-Type-Options nosniff always;
    location = /health {
      access_log off;
      default_type text/plain;
      return 200 ok;
    }
    location = /env.json {
      add_header X-Content-Type-Options nosniff always;
      add_header Cache-Control no-store always;
      try_files $uri =404;
    }
    location ~* ^/(_astro|_expo|assets)/ {
      add_header X-Content-Type-Options nosniff always;
      add_header Cache-Control "public, max-age=31536000, immutable" always;
      try_files $uri =404;
    }
    location / {
      add_header X-Content-Type-Options nosniff always;
      add_header Cache-Control "public, max-age=3600" always;
      try_files ${fallbacks[type]};
    }
${type === 'astro' ? '    error_page 404 /404.html;\n' : ''}  }
}
`;
}

const fallbacks = {
  astro: '$uri $uri/index.html $uri.html =404',
  vite: '$uri $uri/index.html /index.html',
  expo: '$uri $uri/index.html =404',
} as const;
