import fc from 'fast-check';
import {
	readProxyAddress,
	toMaskedUrl,
	toProxyUrl,
	type ProxyAddress,
} from '../../../runner/proxy/ProxyAddress';

describe('the address of a proxy', () => {
	test.each<[string, ProxyAddress]>([
		['http://Proxy.Example', toAddress('http', 'proxy.example', 80)],
		['https://proxy.example', toAddress('https', 'proxy.example', 443)],
		['socks5://proxy.example', toAddress('socks5', 'proxy.example', 1080)],
		['socks5h://proxy.example:80', toAddress('socks5', 'proxy.example', 80)],
		['socks5://0x7f000001:1', toAddress('socks5', '127.0.0.1', 1)],
		['http://[::1]:3128/', toAddress('http', '::1', 3128)],
		['http://a:b%3Ac@h:1', { ...toAddress('http', 'h', 1), user: 'a', password: 'b:c' }],
		['socks5://a@h:1', { ...toAddress('socks5', 'h', 1), user: 'a' }],
	])('%s is understood', (text, address) => {
		expect(readProxyAddress(text)).toEqual(address);
	});

	test.each([
		'',
		'proxy.example:3128',
		'ftp://proxy.example',
		'socks4://proxy.example',
		'http://',
		'http://h:0',
		'http://h:99999',
		'http://h/path',
		'http://h?query',
		'http://h#part',
		`http://${'h'.repeat(3_000)}`,
	])('%j is refused with what it has to be', (text) => {
		expect(() => readProxyAddress(text)).toThrow(/^must be the URL of an http, https or socks5/);
	});

	test.each(['http://a%:secret@h', 'http://a%3Ab:secret@h', `http://a:${'s'.repeat(256)}@h`])(
		'the login of %j is refused, and not repeated',
		(text) => {
			expect(() => readProxyAddress(text)).toThrow(/^has a user or password that cannot be read/);
			expect(() => readProxyAddress(text)).not.toThrow(/sec|sss/);
		},
	);

	test('comes back from its text whatever the login is, and its password is never in what is shown', () => {
		const word = fc.string({ unit: 'grapheme', minLength: 4, maxLength: 20 });
		const user = word.filter((text) => !text.includes(':') && text.isWellFormed());
		const password = word.filter((text) => text.isWellFormed());
		fc.assert(
			fc.property(user, password, fc.integer({ min: 1, max: 65_535 }), (name, secret, port) => {
				const address = { ...toAddress('socks5', 'h', port), user: name, password: secret };
				expect(readProxyAddress(toProxyUrl(address))).toEqual(address);
				const masked = `socks5://${encodeURIComponent(name)}:***@h:${port}`;
				expect(toMaskedUrl(address)).toBe(masked);
			}),
		);
	});
});

function toAddress(scheme: ProxyAddress['scheme'], host: string, port: number): ProxyAddress {
	return { scheme, host, port, user: '', password: '' };
}
