import type { PreparedMessage } from '../../messages/Outgoing';
import { toContent, type DraftContext } from '../../whatsapp/outgoing/toContent';
import type { GroupsPort } from '../GroupsPort';
import type { SendCommand } from '../SessionPort';
import { assertMayDelete } from './assertMayDelete';

interface Account {
	me: DraftContext['me'];
	/** Throws ApiError while there is no connection to ask on. */
	groups: () => GroupsPort;
}

/** Makes the message that a command asks for. Throws ApiError when WhatsApp would not take it. */
export async function prepareMessage(
	{ jid, quoted, mentions = [], draft: readDraft }: SendCommand,
	{ me, groups }: Account,
): Promise<PreparedMessage> {
	const draft = await readDraft();
	await assertMayDelete(draft, groups);
	return toContent(draft, { jid, me, mentions, ...(quoted ? { quoted } : {}) });
}
