/** Whether a JID is that of WhatsApp's server itself: it has no user, and stands with or without its @. */
export function isServer(jid: string | undefined): boolean {
	return jid?.replace(/^@/, '') === 's.whatsapp.net';
}
