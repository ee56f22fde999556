import { createHmac, timingSafeEqual } from 'node:crypto';
import { createSecret, signWebhook } from '../../contract';
import { readDocument } from './readDocument';

type IsGenuine = (headers: object, rawBody: Buffer, secret: string) => boolean;

/** The function that docs/http-api.md gives to those who use no library. */
function readExample(): IsGenuine {
	const [, source] = /```js\nimport \{[^\n]*'node:crypto';\n([^]*?)```/.exec(
		readDocument('docs/http-api.md'),
	)!;
	// eslint-disable-next-line @typescript-eslint/no-implied-eval -- the documentation's code is what is tested
	const create = new Function('createHmac', 'timingSafeEqual', `${source}; return isGenuine;`) as (
		...crypto: unknown[]
	) => IsGenuine;
	return create(createHmac, timingSafeEqual);
}

describe('the signature example of docs/http-api.md', () => {
	const isGenuine = readExample();
	const [secret, other] = [createSecret(), createSecret()];
	const body = Buffer.from('{"message":"नमस्ते"}');
	const sign = (secrets: string[], timestampS = Date.now() / 1000) =>
		signWebhook({ id: 'evt_1', timestampS, body, secrets });

	test('accepts what the runner signs, during a rotation too', () => {
		expect(isGenuine(sign([secret]), body, secret)).toBe(true);
		expect(isGenuine(sign([other, secret]), body, secret)).toBe(true);
	});

	test('refuses another secret, another body, an old delivery and missing headers', () => {
		expect(isGenuine(sign([other]), body, secret)).toBe(false);
		expect(isGenuine(sign([secret]), Buffer.from('{}'), secret)).toBe(false);
		expect(isGenuine(sign([secret], Date.now() / 1000 - 3600), body, secret)).toBe(false);
		expect(isGenuine({}, body, secret)).toBe(false);
	});
});
