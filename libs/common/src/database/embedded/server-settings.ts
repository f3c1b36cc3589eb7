import { createHash } from 'node:crypto';
import type { SpawnOptions } from 'node:child_process';
import type { ClusterLocation } from './cluster-location.ts';

/** The role and the database that plinth works with. */
export const superuser = 'plinth';

/**
 * For a machine shared with everything else: few processes, little memory, data as safe as PostgreSQL makes it.
 * Given on the command line, so that a new plinth release brings its values to existing clusters.
 */
const defaults: Readonly<Record<string, string>> = {
  shared_buffers: '96MB',
  max_connections: '50',
  huge_pages: 'off',
  jit: 'off',
  wal_buffers: '8MB',
  max_wal_size: '1GB',
  min_wal_size: '80MB',
  checkpoint_completion_target: '0.9',
  // Room for statements that touch every partition of several tables.
  max_locks_per_transaction: '128',
  // Reads in the asking process: PostgreSQL 18's default keeps three more processes in memory.
  io_method: 'sync',
  max_worker_processes: '4',
  max_parallel_workers: '2',
  // No logical replication, hence no launcher process; a physical backup stays possible.
  max_logical_replication_workers: '0',
  max_wal_senders: '4',
  max_replication_slots: '4',
  autovacuum_max_workers: '2',
  autovacuum_worker_slots: '2',
  autovacuum_vacuum_insert_scale_factor: '0.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // Failed statements reach their client in full; the log must not collect customers' data.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/** Command line of the server. The caller may change defaults, but not how the server is reached or recognised. */
export function serverParameters(cluster: string, port: number, changes: Readonly<Record<string, string>>): string[] {
  const settings = {
    ...defaults,
    ...changes,
    listen_addresses: '127.0.0.1',
    port: String(port),
    // A socket's path may have 107 bytes only; a data directory's path may be longer. Windows has no such setting.
    ...(process.platform === 'win32' ? {} : { unix_socket_directories: '' }),
    cluster_name: clusterName(cluster),
  };
  return ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** Stands in the title of each of the server's processes, which tells them from those of other servers. */
export function clusterName(cluster: string): string {
  return `plinth-${createHash('sha256').update(cluster).digest('hex').slice(0, 10)}`;
}

/** Account and surroundings of each PostgreSQL program; nothing of the caller's environment gets in. */
export function childOptions({ account }: Pick<ClusterLocation, 'account'>): SpawnOptions {
  return {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    windowsHide: true,
    ...(account && { uid: account.uid, gid: account.gid }),
  };
}
