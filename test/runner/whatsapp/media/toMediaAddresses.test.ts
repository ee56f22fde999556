import { MediaDamagedError, MediaGoneError } from '../../../../runner/whatsapp/media/mediaErrors';
import { toMediaAddresses } from '../../../../runner/whatsapp/media/toMediaAddresses';

const PATH = '/v/t62.7118-24/1_n.enc?ccb=11-4&oh=01&oe=65';

const resolve = (place: { directPath?: string; url?: string }, mediaHosts: string[] = []) =>
	toMediaAddresses({ directPath: null, url: null, ...place }, mediaHosts).map(String);

describe('where media is fetched', () => {
	test('a path is fetched from the hosts of the connection, best first', () => {
		expect(resolve({ directPath: PATH }, ['media.cdn.whatsapp.net', '127.0.0.1:8443'])).toEqual([
			`https://media.cdn.whatsapp.net${PATH}`,
			`https://127.0.0.1:8443${PATH}`,
		]);
	});

	test("without them from WhatsApp's default, whatever URL stands beside it", () => {
		for (const url of ['https://web.whatsapp.net', 'https://evil.example/x', 'nonsense']) {
			expect(resolve({ directPath: PATH, url })).toEqual([`https://mmg.whatsapp.net${PATH}`]);
		}
	});

	test.each([
		'//evil.example/x',
		'/\\evil.example/x',
		'/\t/evil.example/x',
		'@evil.example/x',
		':443@evil.example/x',
		'.evil.example/x',
		'https://evil.example/x',
		'http://mmg.whatsapp.net/x',
		'file:///etc/passwd',
		'//mmg.whatsapp.net:8443/x',
	])('a path that leads elsewhere is refused: %j', (directPath) => {
		expect(() => resolve({ directPath })).toThrow(MediaDamagedError);
		expect(() => resolve({ directPath }, ['127.0.0.1:8443'])).toThrow(MediaDamagedError);
	});

	test.each([
		'https://mmg.whatsapp.net/d/f/A.enc',
		'https://media-del1-1.cdn.whatsapp.net/d/f/A.enc',
		'https://media.fdel7-1.fna.whatsapp.net/d/f/A.enc',
		'https://127.0.0.1:8443/d/f/A.enc',
	])('without a path, the URL counts at WhatsApp and at the hosts of the connection: %s', (url) => {
		expect(resolve({ url }, ['127.0.0.1:8443'])).toEqual([url]);
	});

	test.each([
		'http://mmg.whatsapp.net/x',
		'https://evil.example/x',
		'https://whatsapp.net.evil.example/x',
		'https://evilwhatsapp.net/x',
		'https://mmg.whatsapp.net@evil.example/x',
		'https://mmg.whatsapp.net:8443/x',
		'https://127.0.0.1/x',
		'https://127.0.0.1:8444/x',
		'http://127.0.0.1:8443/x',
		'http://169.254.169.254/latest/meta-data',
		'file:///etc/passwd',
		'data:,x',
		'nonsense',
	])('any other URL is refused: %s', (url) => {
		expect(() => resolve({ url }, ['127.0.0.1:8443'])).toThrow(MediaDamagedError);
	});

	test('a message that names no place may be asked for at the phone', () => {
		expect(() => resolve({})).toThrow(MediaGoneError);
	});
});
