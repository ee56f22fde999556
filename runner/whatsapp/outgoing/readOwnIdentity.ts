import { jidNormalizedUser } from '@whiskeysockets/baileys';
import type { CredentialRepository } from '../../storage/CredentialRepository';
import { Credentials } from '../Credentials';
import type { OwnIdentity } from './toQuote';

/** Who this account is, from its stored credentials. Throws UnreadableCredentialsError. */
export function readOwnIdentity(repository: CredentialRepository, instanceId: string): OwnIdentity {
	const { me } = Credentials.load(repository, instanceId).value;
	return {
		id: jidNormalizedUser(me?.id),
		...(me?.lid ? { lid: jidNormalizedUser(me.lid) } : {}),
	};
}
