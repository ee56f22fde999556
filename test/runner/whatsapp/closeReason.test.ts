import { toCloseReason } from '../../../runner/whatsapp/closeReason';

const boom = (statusCode: number, extra: object = {}) =>
	Object.assign(new Error('Stream Errored'), { output: { statusCode }, ...extra });

describe('toCloseReason', () => {
	test.each([
		[515, 'restart'],
		[408, 'retry'],
		[428, 'retry'],
		[500, 'retry'],
		[503, 'retry'],
		[440, 'replaced'],
		[401, 'loggedOut'],
		[402, 'blocked'],
		[403, 'blocked'],
		[406, 'blocked'],
		[405, 'outdated'],
		[999, 'retry'],
	])('%d is %s', (code, kind) => {
		expect(toCloseReason(boom(code))).toMatchObject({ kind, code });
	});

	test('a removed device is a logout even when the code says replaced', () => {
		const error = boom(440, { data: { tag: 'conflict', attrs: { type: 'device_removed' } } });
		expect(toCloseReason(error)).toMatchObject({ kind: 'loggedOut', code: 401 });
	});

	test('QR codes that ran out are no lost connection', () => {
		const error = Object.assign(boom(408), { message: 'QR refs attempts ended' });
		expect(toCloseReason(error).kind).toBe('linkingFailed');
	});

	test.each([undefined, null, new Error('getaddrinfo'), 'text'])('%p is tried again', (error) => {
		expect(toCloseReason(error)).toMatchObject({ kind: 'retry', code: 0 });
	});

	test('the text never quotes the error, which may name accounts', () => {
		const error = Object.assign(boom(500), { message: '15550001111 is unhappy' });
		expect(toCloseReason(error).text).not.toMatch(/1555/);
	});
});
