import { toEncryptionEnv } from '../../../nodes/embedded/toEncryptionEnv';
import { readConfig } from '../../../runner/config';

const n8n = { N8N_USER_FOLDER: '/not/there', N8N_ENCRYPTION_KEY: 'n8n-s own key' };

describe('toEncryptionEnv', () => {
	it('derives a key that tells nothing of n8n’s', () => {
		const env = toEncryptionEnv(n8n);
		expect(env).toEqual({ AWW_EMBEDDED_KEY: expect.stringMatching(/^[0-9a-f]{64}$/) });
		expect(toEncryptionEnv(n8n)).toEqual(env);
		expect(toEncryptionEnv({ ...n8n, N8N_ENCRYPTION_KEY: 'another' })).not.toEqual(env);
	});

	it('leaves a key alone that the user has given the runner', () => {
		expect(toEncryptionEnv({ ...n8n, AWW_ENCRYPTION_KEY: 'k'.repeat(40) })).toEqual({});
		expect(toEncryptionEnv({ ...n8n, AWW_ENCRYPTION_KEY_FILE: '/run/secrets/key' })).toEqual({});
	});

	it('leaves it to the data folder when n8n’s key cannot be read', () => {
		expect(toEncryptionEnv({ N8N_USER_FOLDER: '/not/there' })).toEqual({});
	});

	it('takes n8n’s former key, or the runner’s former own, as the previous one', () => {
		const former = 'former key of n8n';
		const own = 'o'.repeat(32);
		const before = toEncryptionEnv({ ...n8n, N8N_ENCRYPTION_KEY: former }).AWW_EMBEDDED_KEY;
		const after = (previous: string) =>
			readConfig(toEncryptionEnv({ ...n8n, AWW_PREVIOUS_ENCRYPTION_KEY: previous }))
				.previousEncryptionKeys;
		expect(after(former)).toEqual([before]);
		expect(after(own)).toContain(own);
		const given = { ...n8n, AWW_ENCRYPTION_KEY: 'k'.repeat(40) };
		expect(toEncryptionEnv({ ...given, AWW_PREVIOUS_ENCRYPTION_KEY: former })).toEqual({
			AWW_PREVIOUS_ENCRYPTION_KEY: before,
		});
	});
});
