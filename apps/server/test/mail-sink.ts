import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface MailSink {
  readonly port: number;
  /** Messages as they came, headers and body. */
  readonly messages: readonly string[];
  stop(): Promise<void>;
}

/** A mail server that takes every message (the commands of RFC 5321 that a client must send). */
export async function startMailSink(): Promise<MailSink> {
  const messages: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    converse(socket, messages);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    messages,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

function converse(socket: Socket, messages: string[]): void {
  let input = '';
  let message: string[] | undefined;
  const answer = (line: string) => socket.write(`${line}\r\n`);
  answer('220 sink.test ESMTP');
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    input += chunk;
    for (let end = input.indexOf('\r\n'); end >= 0; end = input.indexOf('\r\n')) {
      const line = input.slice(0, end);
      input = input.slice(end + 2);
      if (message === undefined) {
        const command = line.slice(0, 4).toUpperCase();
        if (command === 'DATA') message = [];
        if (command === 'QUIT') socket.end('221 bye\r\n');
        else answer(command === 'DATA' ? '354 go on' : '250 fine');
      } else if (line === '.') {
        messages.push(message.join('\n'));
        message = undefined;
        answer('250 taken');
      } else message.push(line.startsWith('..') ? line.slice(1) : line);
    }
  });
}
