import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IExecuteFunctions, INodeType } from 'n8n-workflow';
import { ApiClient, createSender } from '../../../../nodes/ApiWhatsAppWeb/transport';
import { executeNode } from '../../executeNode';

const FILE_BYTES = 64 * 1024 * 1024;
const CHUNK = Buffer.alloc(64 * 1024, 7);

it('sends a file of 64 MB while it is read: never more of it is under way than a few MB', async () => {
	let produced = 0;
	let received = 0;
	let mostUnderWay = 0;
	const server = createServer((request, response) => {
		request.on('data', (chunk: Buffer) => {
			received += chunk.length;
			mostUnderWay = Math.max(mostUnderWay, produced - received);
		});
		request.on('end', () => response.setHeader('content-type', 'application/json').end('{}'));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	function* read() {
		while (produced < FILE_BYTES) {
			produced += CHUNK.length;
			yield CHUNK;
		}
	}
	try {
		await upload((server.address() as AddressInfo).port, read);
		expect(received).toBeGreaterThan(FILE_BYTES);
		expect(mostUnderWay).toBeLessThan(FILE_BYTES / 4);
	} finally {
		server.closeAllConnections();
		server.close();
	}
});

/** Makes the call inside of n8n-core, with its own request helper. */
async function upload(port: number, read: () => Iterable<Buffer>): Promise<void> {
	const node = {
		description: {
			displayName: 'Upload',
			name: 'upload',
			group: [],
			version: 1,
			description: '',
			defaults: { name: 'Upload' },
			inputs: ['main'],
			outputs: ['main'],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			const connection = {
				kind: 'runner',
				baseUrl: `http://127.0.0.1:${port}`,
				headers: { apiKey: 'key', id: 'id' },
				instanceLabel: 'id',
			} as const;
			const client = new ApiClient(connection, createSender(this));
			await client.call('sendVideo', {
				body: { number: '15550001001' },
				file: {
					name: 'video',
					upload: { fileName: 'a.mp4', mimetype: 'video/mp4', open: async () => read() },
				},
			});
			return [[]];
		},
	} satisfies INodeType;
	await executeNode({ node });
}
