import { WebSocket } from 'ws';

// Node 20 has every other part of the platform that the client library needs.
Object.assign(globalThis, { WebSocket });
