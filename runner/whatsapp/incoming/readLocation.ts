import type { proto } from '@whiskeysockets/baileys';
import type { LocationDetails } from '../../../contract';
import type { Clipper } from './Clipper';
import { toNumber } from './numbers';

/** A place; undefined without both degrees. */
export function readLocation(
	content: proto.IMessage,
	clipper: Clipper,
): LocationDetails | undefined {
	const { locationMessage, liveLocationMessage } = content;
	const place = locationMessage ?? liveLocationMessage;
	const latitude = toNumber(place?.degreesLatitude);
	const longitude = toNumber(place?.degreesLongitude);
	if (latitude === null || longitude === null) return undefined;
	return {
		latitude,
		longitude,
		name: clipper.textOrNull(locationMessage?.name, 'name'),
		address: clipper.textOrNull(locationMessage?.address, 'name'),
		live: !locationMessage || locationMessage.isLive === true,
	};
}
