import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { findPeer, requirePeers } from './peers.ts';
import { runPeer, startPeer } from './run-peer.ts';

const node = process.execPath;

describe('runPeer', () => {
  it('answers with the code and both streams instead of throwing', async () => {
    const script = 'process.stdin.pipe(process.stdout); console.error(process.env.EXTRA); process.exitCode = 3';
    const run = await runPeer(node, ['-e', script], { input: 'from outside', env: { EXTRA: 'extra' } });
    expect(run).toEqual({ code: 3, stdout: 'from outside', stderr: 'extra\n' });
  });

  it('does not pass on the environment of the test run', async () => {
    const run = await runPeer(node, ['-p', 'String(process.env.VITEST)']);
    expect(run.stdout).toBe('undefined\n');
  });

  it('ends a peer that takes too long', async () => {
    await expect(runPeer(node, ['-e', 'setInterval(() => {}, 1000)'], { timeoutMs: 300 })).rejects.toThrow(
      'did not end within 300 ms',
    );
  });
});

describe('startPeer', () => {
  it('waits for the port, collects the output and ends the process', async () => {
    const port = await freePort();
    const script = `console.log('up'); setTimeout(() => require('net').createServer().listen(${port}, '127.0.0.1'), 200)`;
    const peer = await startPeer(node, ['-e', script], { waitFor: { port } });
    expect(peer.output()).toBe('up\n');
    await peer.stop();
    expect(() => process.kill(peer.pid, 0)).toThrow('ESRCH');
  });

  it('ends a process by force that would not end otherwise', async () => {
    const port = await freePort();
    const script = `process.on('SIGTERM', () => {}); require('net').createServer().listen(${port}, '127.0.0.1')`;
    const peer = await startPeer(node, ['-e', script], { waitFor: { port } });
    await peer.kill();
    expect(() => process.kill(peer.pid, 0)).toThrow('ESRCH');
  });

  it('reports the output of a peer that ends at once', async () => {
    const start = startPeer(node, ['-e', "console.error('bad option'); process.exit(2)"], { waitFor: { port: 1 } });
    await expect(start).rejects.toThrow(/has ended[^]*bad option/);
  });
});

describe('findPeer', () => {
  it('knows no peer under a name that does not exist', () => {
    expect(findPeer('no-such-peer')).toBeUndefined();
  });
});

const { skip, paths } = requirePeers('helm', 'kubeconform');

describe.skipIf(skip)('requirePeers', () => {
  it('finds the built versions', async () => {
    expect((await runPeer(paths.helm, ['version', '--short'])).stdout).toMatch(/^v4\./);
    expect((await runPeer(paths.kubeconform, ['-v'])).stdout).toMatch(/^v0\./);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
