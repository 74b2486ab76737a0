import { MockServer } from './mock-server.mjs';

const port = Number(process.argv[2] ?? 8080);
const server = new MockServer({ root: new URL('../dist', import.meta.url).pathname });
console.log(`mock server at ${await server.listen(port)}`);
