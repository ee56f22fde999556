import type { proto } from '@whiskeysockets/baileys';

/** Where something is. */
export interface Place {
	readonly latitude: number;
	readonly longitude: number;
	readonly name?: string | undefined;
	readonly address?: string | undefined;
}

/** A location. */
export const toLocation = ({ latitude, longitude, name, address }: Place): proto.IMessage => ({
	locationMessage: { degreesLatitude: latitude, degreesLongitude: longitude, name, address },
});

/** A location that is shared for a while; each further position has a higher number. */
export const toLiveLocation = (
	{ latitude, longitude }: Place,
	{ caption, sequenceNumber = 1 }: { caption?: string; sequenceNumber?: number } = {},
): proto.IMessage => ({
	liveLocationMessage: {
		degreesLatitude: latitude,
		degreesLongitude: longitude,
		accuracyInMeters: 10,
		caption,
		sequenceNumber,
	},
});
