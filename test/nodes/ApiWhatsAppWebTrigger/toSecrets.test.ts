import { isSecret } from '../../../contract';
import {
	toFingerprint,
	toSigningSecret,
	toUrlToken,
} from '../../../nodes/ApiWhatsAppWebTrigger/toSecrets';

describe('the secrets of a trigger', () => {
	it('are the same in every process of n8n that knows the key', () => {
		expect(toSigningSecret('key', 'id/webhook')).toBe(toSigningSecret('key', 'id/webhook'));
	});

	it('differ for every key and every webhook', () => {
		const all = [
			toSigningSecret('key', 'id/webhook'),
			toSigningSecret('other key', 'id/webhook'),
			toSigningSecret('key', 'other id/webhook'),
		];
		expect(new Set(all).size).toBe(3);
	});

	it('are what Standard Webhooks allows', () => {
		expect(isSecret(toSigningSecret('key', 'id/webhook'))).toBe(true);
	});

	it('give away neither the key nor one another', () => {
		const [secret, token] = [toSigningSecret('the key', 'id'), toUrlToken('the key', 'id')];
		expect(`${secret} ${token}`).not.toContain('the key');
		expect(Buffer.from(token, 'base64url')).not.toEqual(
			Buffer.from(secret.slice('whsec_'.length), 'base64'),
		);
	});

	it('have a fingerprint that changes with the key and with the settings', () => {
		const all = [
			toFingerprint('key', { events: ['sent'] }),
			toFingerprint('other key', { events: ['sent'] }),
			toFingerprint('key', { events: ['received'] }),
		];
		expect(new Set(all).size).toBe(3);
		expect(all[0]).toMatch(/^[\w-]{16}$/);
	});
});
