/**
 * How the realm file names a secret: Keycloak fills `${NAME}` from its environment while it imports. The container
 * sets the variable from the secret's file.
 */
export function placeholderOf(secretName: string): string {
  return `\${${environmentNameOf(secretName)}}`;
}

/** `grafana-client-secret` → `GRAFANA_CLIENT_SECRET`. */
export function environmentNameOf(secretName: string): string {
  return secretName.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
}
