import { DEF_MEDIA_HOST } from '@whiskeysockets/baileys';
import { MediaDamagedError, MediaGoneError } from './mediaErrors';
import type { MediaPointer } from './MediaKind';

/** All of WhatsApp's hosts lie below it. */
const WHATSAPP_HOSTS = '.whatsapp.net';

/**
 * Where a file can be fetched, best first. Path and URL are the sender's words and may name any host
 * of the world, so only WhatsApp's own and those of this connection (`mediaHosts`) come out of here.
 * Throws MediaDamagedError for other hosts, MediaGoneError when the message names no place at all.
 */
export function toMediaAddresses(
	{ directPath, url }: Pick<MediaPointer, 'directPath' | 'url'>,
	mediaHosts: readonly string[],
): URL[] {
	// The URL beside a path is often not a media host but web.whatsapp.net: the path alone counts.
	if (directPath) return toAddresses(directPath, mediaHosts);
	if (!url) throw new MediaGoneError('The message does not say where its file is.');
	const address = URL.canParse(url) ? new URL(url) : undefined;
	if (!address || !isMediaHost(address, mediaHosts)) throw notAtWhatsApp();
	return [address];
}

function toAddresses(directPath: string, mediaHosts: readonly string[]): URL[] {
	const hosts = mediaHosts.length > 0 ? mediaHosts : [DEF_MEDIA_HOST];
	return hosts.map((host) => {
		const base = new URL(`https://${host}`);
		const address = URL.canParse(directPath, base.href) ? new URL(directPath, base) : undefined;
		// A path such as `//other.example/` or `@other.example` is resolved to another host, or to none.
		if (!directPath.startsWith('/') || address?.origin !== base.origin) throw notAtWhatsApp();
		return address;
	});
}

function isMediaHost(address: URL, mediaHosts: readonly string[]): boolean {
	if (address.protocol !== 'https:') return false;
	if (mediaHosts.includes(address.host)) return true;
	return address.hostname.endsWith(WHATSAPP_HOSTS) && address.port === '';
}

const notAtWhatsApp = (): MediaDamagedError =>
	new MediaDamagedError("The message's file is not at one of WhatsApp's media hosts.");
