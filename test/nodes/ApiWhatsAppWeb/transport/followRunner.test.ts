import type { Connection } from '../../../../nodes/ApiWhatsAppWeb/transport';
import { ApiClient } from '../../../../nodes/ApiWhatsAppWeb/transport';
import type { ApiRequest } from '../../../../nodes/ApiWhatsAppWeb/transport';

const connection: Connection = {
	kind: 'embedded',
	baseUrl: 'http://127.0.0.1:1111',
	headers: { apiKey: 'key', id: 'one' },
	instanceLabel: 'default',
};

/** A runner that has gone from its first address, and answers at its second. */
function create(refuse: () => unknown) {
	const calls: string[] = [];
	const send = async ({ url }: ApiRequest) => {
		calls.push(url);
		if (url.startsWith(connection.baseUrl)) return (await refuse()) as never;
		return await Promise.resolve({ status: 200, headers: {}, body: { messageId: 'A1' } });
	};
	const follow = async () => await Promise.resolve('http://127.0.0.1:2222');
	return { calls, client: new ApiClient(connection, send, follow), send };
}

const refused = () => {
	throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
};

it.each([
	['is gone', refused],
	['has lost its program', () => ({ status: 503, headers: {}, body: replaced })],
])('a call to a runner that %s is made again to its successor', async (_, refuse) => {
	const { client, calls } = create(refuse);
	expect(await client.call('sendText', { body: {} })).toEqual({ messageId: 'A1' });
	expect(await client.call('getInstance')).toEqual({ messageId: 'A1' });
	expect(calls).toEqual([
		'http://127.0.0.1:1111/api/text',
		'http://127.0.0.1:2222/api/text',
		'http://127.0.0.1:2222/api/instance',
	]);
});

const replaced = {
	error: 'The program of the session runner was replaced while it runs',
	code: 'runner_replaced',
};

it('a call that may have had an effect is not made again', async () => {
	const { client, calls } = create(() => {
		throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
	});
	await expect(client.call('sendText', { body: {} })).rejects.toThrow(/broke/);
	expect(calls).toHaveLength(1);
});

it('a runner at a URL is where its user says, and nowhere else', async () => {
	const { send, calls } = create(refused);
	const client = new ApiClient({ ...connection, kind: 'runner' }, send);
	await expect(client.call('getInstance')).rejects.toThrow(/Nothing answers/);
	expect(calls).toHaveLength(1);
});
