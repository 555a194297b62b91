import { connect } from 'node:net';

export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Sends these very bytes: no client in between mends the path or adds a header. */
export function sendRaw(port: number, lines: string[], body = ''): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`));
    let text = '';
    const done = () => resolve(parse(text));
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      // An upgraded connection stays open.
      if (text.startsWith('HTTP/1.1 101')) socket.destroy();
    });
    socket.on('close', done);
    socket.on('error', reject);
  });
}

function parse(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const pairs = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 2),
  ]);
  return {
    status: Number(statusLine.split(' ')[1] ?? 0),
    headers: Object.fromEntries(pairs),
    body: rest.join('\r\n\r\n'),
  };
}
