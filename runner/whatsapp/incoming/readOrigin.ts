import type { proto } from '@whiskeysockets/baileys';
import type { AdvertisementDetails } from '../../../contract';
import type { StoredDetails } from '../../messages/StoredDetails';
import type { Clipper } from './Clipper';
import { isStatusQuote } from './readQuoted';

/** WhatsApp's word for who came by an advertisement. */
const BY_AD = 'ctwa_ad';

/** What a message says of how its sender came into the chat. */
export function readOrigin(
	contextInfo: proto.IContextInfo | undefined,
	clipper: Clipper,
): { [K in 'advertisement' | 'entryPoint']: StoredDetails[K] | undefined } {
	return {
		advertisement: readAdvertisement(contextInfo, clipper),
		entryPoint: clipper.textOrNull(contextInfo?.entryPointConversionSource, 'name') ?? undefined,
	};
}

/**
 * What it says of an advertisement. Since 2026 many phones say all of it in a form that only Meta can read
 * (Baileys #2354). Answers to a status name the one by which the chat began long ago: it is none of theirs.
 */
function readAdvertisement(
	contextInfo: proto.IContextInfo | undefined,
	clipper: Clipper,
): AdvertisementDetails | undefined {
	if (!contextInfo || isStatusQuote(contextInfo)) return undefined;
	const { externalAdReply, conversionSource, ctwaPayload, entryPointConversionSource } =
		contextInfo;
	const isOpaque = Boolean(ctwaPayload?.length) || entryPointConversionSource === BY_AD;
	if (!externalAdReply && !conversionSource && !isOpaque) return undefined;
	const { sourceId, sourceType, sourceUrl, sourceApp, title, body, ctwaClid } =
		externalAdReply ?? {};
	return {
		sourceId: clipper.textOrNull(sourceId, 'id'),
		sourceType: clipper.textOrNull(sourceType, 'id'),
		sourceUrl: clipper.textOrNull(sourceUrl, 'reference'),
		sourceApp: clipper.textOrNull(sourceApp, 'id'),
		title: clipper.textOrNull(title, 'name'),
		body: clipper.textOrNull(body, 'reference'),
		ctwaClid: clipper.textOrNull(ctwaClid, 'name'),
		conversionSource: clipper.textOrNull(conversionSource, 'id'),
	};
}
