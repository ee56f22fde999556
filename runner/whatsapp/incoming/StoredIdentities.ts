import type { AuthenticationCreds } from '@whiskeysockets/baileys';
import type { SignalKeyStore } from '../SignalKeyStore';
import { toLid, toPhone, type Identities, type Identity } from './Identities';

/** Who is who as Baileys has stored it, what is staged but not yet on disk included. */
export class StoredIdentities implements Identities {
	constructor(
		private readonly keys: Pick<SignalKeyStore, 'read'>,
		private readonly creds: Pick<AuthenticationCreds, 'me'>,
	) {}

	get own(): Identity {
		const { me } = this.creds;
		return { phone: toPhone(me?.id), lid: toLid(me?.lid) };
	}

	readonly phoneOfLid = (lid: string): string | null => {
		const user = toUser(lid);
		return (user && this.keys.read('lid-mapping', `${user}_reverse`)) || null;
	};

	readonly lidOfPhone = (phone: string): string | null => {
		const user = this.keys.read('lid-mapping', phone);
		return user ? `${user}@lid` : null;
	};
}

/** A JID's name without device. */
function toUser(jid: string): string | undefined {
	return jid.split(/[:@]/)[0];
}
