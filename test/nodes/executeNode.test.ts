import type { IExecuteFunctions, INodeType } from 'n8n-workflow';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { executeNode } from './executeNode';

/** The smallest node that uses what ours use: parameters, a request and binary data. */
const echo: INodeType = {
	description: {
		displayName: 'Echo',
		name: 'echo',
		group: [],
		version: 1,
		description: '',
		defaults: { name: 'Echo' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
			{ displayName: 'Text', name: 'text', type: 'string', default: 'default text' },
		],
	},
	async execute(this: IExecuteFunctions) {
		const items = [];
		for (const index of this.getInputData().keys()) {
			const json = (await this.helpers.httpRequest({
				url: this.getNodeParameter('url', index) as string,
				method: 'POST',
				body: { text: this.getNodeParameter('text', index) },
				json: true,
			})) as { text: string };
			const binary = {
				data: await this.helpers.prepareBinaryData(Buffer.from('png'), 'a.png', 'image/png'),
			};
			items.push({ json, binary, pairedItem: { item: index } });
		}
		return [items];
	},
};

it('runs a node with n8n’s own defaults, expressions, requests and binary data', async () => {
	const server = createServer((request, response) => {
		response.setHeader('content-type', 'application/json');
		request.pipe(response);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	try {
		const byDefault = await executeNode({ node: echo, parameters: { url } });
		expect(byDefault.output[0]?.[0]?.json).toEqual({ text: 'default text' });
		const byExpression = await executeNode({
			node: echo,
			parameters: { url, text: '={{ $json.name }}' },
			items: [{ name: 'one' }, { name: 'two' }],
		});
		expect(byExpression.output[0]?.map(({ json }) => json.text)).toEqual(['one', 'two']);
		expect(byExpression.output[0]?.[1]?.binary?.data?.data).toBe(
			Buffer.from('png').toString('base64'),
		);
	} finally {
		server.closeAllConnections();
		server.close();
	}
});
