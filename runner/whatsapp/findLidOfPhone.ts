import type { SignalKeyRepository } from '../storage/SignalKeyRepository';

/** The LID's JID of a phone (digits), as far as WhatsApp has told; Baileys stores what it learns. */
export function findLidOfPhone(
	keys: SignalKeyRepository,
	instanceId: string,
	phone: string,
): string | null {
	const stored = keys.read(instanceId, 'lid-mapping', phone);
	const user: unknown = stored === undefined ? null : JSON.parse(stored);
	return typeof user === 'string' ? `${user}@lid` : null;
}
