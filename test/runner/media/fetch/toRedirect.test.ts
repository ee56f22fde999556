import { toRedirect } from '../../../../runner/media/fetch/toRedirect';

const follow = (from: string, status: number, location?: string) =>
	toRedirect(from, { status, headers: { location } });

test('a redirect leads on from where it was met', () => {
	expect(follow('https://a.example/x/y', 302, '../z?q=1')).toBe('https://a.example/z?q=1');
	expect(follow('https://a.example/', 307, '//b.example/')).toBe('https://b.example/');
	expect(follow('http://a.example/', 301, 'https://a.example/')).toBe('https://a.example/');
});

test.each([200, 204, 300, 304, 404])('%i is no redirect', (status) => {
	expect(follow('https://a.example/', status, '/elsewhere')).toBeUndefined();
});

test('what began with TLS does not go on without', () => {
	for (const location of ['http://a.example/', 'HTTP://b.example', 'ftp://a.example/']) {
		expect(() => follow('https://a.example/', 302, location)).toThrow(
			expect.objectContaining({ code: 'media_address_refused' }),
		);
	}
});
