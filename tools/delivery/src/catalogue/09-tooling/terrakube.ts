import { defineEntry } from '../catalogue-entry.ts';
import { terrakubeContainers } from './terrakube-containers.ts';

export const terrakube = defineEntry({
  name: 'terrakube',
  title: 'Terrakube',
  doc:
    'Runs Terraform and OpenTofu for teams: pages, an API that the tools use as remote backend, a registry of modules ' +
    'and providers, an executor, and Dex, through which staff sign in at the identity provider. Jobs fetch the tools ' +
    'and their extensions from the internet, unless the settings name a mirror.',
  tier: '09',
  profile: 'terrakube',
  version: '2.33.2',
  license: 'Apache-2.0',
  website: 'https://terrakube.io',
  settings: {
    adminRole: { type: 'string', default: 'platform_admin', doc: 'realm role that may do everything' },
    bucket: { type: 'string', default: 'terrakube', doc: 'bucket of the object store, made with it' },
    toolsRepository: {
      type: 'string',
      default: 'https://github.com/terrakube-io/terrakube-extensions.git',
      doc: 'Git repository of the extensions that jobs use',
    },
    toolsBranch: { type: 'string', default: 'main', doc: 'branch of that repository' },
    terraformReleases: {
      type: 'string',
      default: 'https://releases.hashicorp.com/terraform/index.json',
      doc: 'list of the releases of Terraform that workspaces may choose',
    },
  },
  secrets: [
    { name: 'client-secret', doc: 'secret of the client at the identity provider' },
    { name: 'token-key', doc: 'signs personal access tokens and those of teams' },
    { name: 'internal-key', doc: 'signs tokens between its processes' },
  ],
  database: { name: 'terrakube', also: ['terrakube_dex'] },
  containers: terrakubeContainers,
  bucket: 'bucket',
  requires: [
    { anyOf: ['database'], because: 'organizations, workspaces and jobs are kept in PostgreSQL' },
    { anyOf: ['cache'], because: 'output of running jobs goes through it' },
    { anyOf: ['object-store'], because: 'states, plans, output and modules are kept in a bucket' },
    { anyOf: ['keycloak'], because: 'people sign in there, and its roles are the teams' },
  ],
  provides: [],
  endpoint: { container: 'api', port: 8080 },
  signIn: {
    client: '${platform}-terrakube',
    secret: 'client-secret',
    interface: 'dex',
    redirectPaths: ['/dex/callback'],
  },
  watch: { dashboard: 'service-health' },
  // The project's chart puts secrets into its values, and has names of its own for everything in the namespace.
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'its state is in the database and in the object store, which are backed up' },
  interfaces: [
    { name: 'web', container: '', port: 8080, host: 'terrakube', ownSignIn: true },
    { name: 'api', container: 'api', port: 8080, host: 'terrakube-api', ownSignIn: true },
    { name: 'registry', container: 'registry', port: 8075, host: 'terrakube-registry', ownSignIn: true },
    { name: 'dex', container: 'dex', port: 5556, host: 'terrakube-dex', ownSignIn: true },
  ],
});
