import { createSecret, signWebhook } from '../../contract';
import { DemoReceiver } from './DemoReceiver';

const secret = createSecret();

describe('the receiver of the demo', () => {
	const receiver = new DemoReceiver();

	beforeAll(async () => {
		receiver.secret = secret;
		await receiver.start();
	});

	afterAll(() => receiver.stop());

	const deliver = async (event: string, secrets: string[]): Promise<number> => {
		const body = JSON.stringify({ event });
		const headers = signWebhook({ id: 'msg_1', timestampS: Date.now() / 1000, body, secrets });
		return (await fetch(receiver.url, { method: 'POST', body, headers: { ...headers } })).status;
	};

	test('hands out each signed delivery once, by its event', async () => {
		expect(await deliver('sent', [secret])).toBe(204);
		expect(await deliver('connected', [secret])).toBe(204);
		expect(await receiver.next('connected')).toEqual({ event: 'connected' });
		const waiting = receiver.next('connected');
		expect(await receiver.next('sent')).toEqual({ event: 'sent' });
		await deliver('connected', [secret]);
		expect(await waiting).toEqual({ event: 'connected' });
	});

	test('fails the demo when a signature is wrong', async () => {
		const waiting = expect(receiver.next('sent')).rejects.toThrow('wrong signature');
		expect(await deliver('sent', [createSecret()])).toBe(401);
		await waiting;
	});
});
