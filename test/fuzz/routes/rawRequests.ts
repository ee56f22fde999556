import fc from 'fast-check';
import { anyBytes, damaged } from '../arbitraries/bytes';

const SOUND = [
	'GET /api/instance HTTP/1.1\r\nHost: a\r\napiKey: @@adminKey@@\r\nid: @@spare@@\r\n\r\n',
	'POST /api/text HTTP/1.1\r\nHost: a\r\napiKey: @@adminKey@@\r\nid: @@spare@@\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{"number":1}',
	'POST /api/text HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
	'POST /api/image HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef',
	'GET /livez HTTP/1.0\r\n\r\n',
	'GET /livez HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\nGET /readyz HTTP/1.1\r\nHost: a\r\n\r\n',
	'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
	'GET http://other.example/livez HTTP/1.1\r\nHost: b\r\n\r\n',
	'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n',
	'GET /livez HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n\r\n',
].map((text) => Buffer.from(text));

/** What a client could write instead of a request. */
export const rawRequests: fc.Arbitrary<Buffer> = fc.oneof(
	{ weight: 4, arbitrary: damaged(fc.constantFrom<Uint8Array[]>(...SOUND)) },
	{ weight: 2, arbitrary: fc.constantFrom(...SOUND) },
	{ weight: 1, arbitrary: anyBytes },
);
