import { MediaHostError } from '../../../../runner/whatsapp/media/mediaErrors';
import { readMediaConnection } from '../../../../runner/whatsapp/media/readMediaConnection';
import { FakeMediaQuery } from './FakeMediaQuery';

describe('the media hosts of a connection', () => {
	test('WhatsApp is asked once as long as its answer lasts, also by several at a time', async () => {
		const sock = new FakeMediaQuery(['one.whatsapp.net', 'two.whatsapp.net:444']);
		const answers = await Promise.all([readMediaConnection(sock), readMediaConnection(sock)]);
		answers.push(await readMediaConnection(sock));
		for (const answer of answers) {
			expect(answer).toEqual({
				hosts: ['one.whatsapp.net', 'two.whatsapp.net:444'],
				auth: 'auth+1',
			});
		}
		expect(sock.asked).toBe(1);
	});

	test('an answer that has run out is asked for again, and so is one that is wanted fresh', async () => {
		const short = new FakeMediaQuery(['one.whatsapp.net'], -1);
		await readMediaConnection(short);
		expect(await readMediaConnection(short)).toMatchObject({ auth: 'auth+2' });
		const long = new FakeMediaQuery(['one.whatsapp.net']);
		await readMediaConnection(long);
		expect(await readMediaConnection(long, { isFresh: true })).toMatchObject({ auth: 'auth+2' });
	});

	test('each connection has its own', async () => {
		await readMediaConnection(new FakeMediaQuery(['one.whatsapp.net']));
		const other = await readMediaConnection(new FakeMediaQuery(['two.whatsapp.net']));
		expect(other.hosts).toEqual(['two.whatsapp.net']);
	});

	test.each([
		['no answer', async () => undefined],
		['a refusal', () => Promise.reject(new Error('rate-overlimit'))],
		['an answer that names none', async () => ({ tag: 'iq', attrs: {} })],
	])('%s is an error, and the next call asks again', async (_, instead) => {
		const sock = new FakeMediaQuery(['one.whatsapp.net']);
		sock.instead = instead;
		await expect(readMediaConnection(sock)).rejects.toBeInstanceOf(MediaHostError);
		sock.instead = undefined;
		expect(await readMediaConnection(sock)).toMatchObject({ hosts: ['one.whatsapp.net'] });
	});

	test('names that are no hosts are left out', async () => {
		const sock = new FakeMediaQuery(['not a host', '', 'one.whatsapp.net']);
		expect((await readMediaConnection(sock)).hosts).toEqual(['one.whatsapp.net']);
	});
});
