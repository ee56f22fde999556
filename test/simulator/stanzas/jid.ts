/** A JID taken apart: `15550001111:1@s.whatsapp.net` has user, device 1 and server. */
export interface JidParts {
	readonly user: string;
	/** 0 is the phone itself. */
	readonly device: number;
	readonly server: string;
}

/** Takes a JID apart; undefined when it is none. */
export function toJidParts(jid: string | undefined): JidParts | undefined {
	const at = jid?.indexOf('@') ?? -1;
	if (jid === undefined || at < 0) return undefined;
	const [userAndAgent = '', device] = jid.slice(0, at).split(':');
	const [user = ''] = userAndAgent.split('_');
	return { user, device: device ? Number(device) : 0, server: jid.slice(at + 1) };
}

/** The JID of a phone number. */
export const toPn = (number: string, device = 0): string =>
	`${number}${device ? `:${device}` : ''}@s.whatsapp.net`;

/** The JID of a hidden identity. */
export const toLid = (lidUser: string, device = 0): string =>
	`${lidUser}${device ? `:${device}` : ''}@lid`;

/** Whether that JID is a hidden identity. */
export const isLid = (jid: string): boolean => jid.endsWith('@lid');

/** Whether that JID is a group. */
export const isGroupJid = (jid: string): boolean => jid.endsWith('@g.us');
