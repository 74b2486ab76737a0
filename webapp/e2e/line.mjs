import { connect, createServer } from 'node:net';

/**
 * A line between browser and server that can be cut, as networks do: abruptly, without a closing handshake.
 */
export class Line {
  /** @type {Set<import('node:net').Socket>} */
  #sockets = new Set();
  /** @type {'up' | 'down'} */
  #state = 'up';
  #server;

  /** @param {string} target the server's address */
  constructor(target) {
    const { hostname, port } = new URL(target);
    this.#server = createServer((near) => {
      if (this.#state === 'down') {
        near.destroy();
        return;
      }
      const far = connect(Number(port), hostname);
      for (const [one, other] of /** @type {const} */ ([
        [near, far],
        [far, near],
      ])) {
        this.#sockets.add(one);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          this.#sockets.delete(one);
          other.destroy();
        });
        one.pipe(other);
      }
    });
  }

  /** @returns {Promise<string>} the address to use instead of the server's */
  async listen() {
    await new Promise((done) => this.#server.listen(0, '127.0.0.1', () => done(undefined)));
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  }

  /** Cuts every connection; new ones are let through again at once. */
  cut() {
    this.#sockets.forEach((socket) => socket.destroy());
  }

  /** Cuts every connection and lets no new one through until {@link raise}. */
  lower() {
    this.#state = 'down';
    this.cut();
  }

  raise() {
    this.#state = 'up';
  }

  close() {
    this.cut();
    this.#server.close();
  }
}
