import type { SignalKeyRepository } from '../storage/SignalKeyRepository';

/** The phone (digits) behind a LID's JID, as far as WhatsApp has told; Baileys stores what it learns. */
export function findPhoneOfLid(
	keys: SignalKeyRepository,
	instanceId: string,
	lid: string,
): string | null {
	const user = lid.split(/[:@]/)[0];
	const stored = user ? keys.read(instanceId, 'lid-mapping', `${user}_reverse`) : undefined;
	if (stored === undefined) return null;
	const phone: unknown = JSON.parse(stored);
	return typeof phone === 'string' ? phone : null;
}
