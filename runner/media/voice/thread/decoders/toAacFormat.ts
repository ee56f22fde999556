import { type AacFormat, ADTS_RATES } from './adts.ts';

/** Main, LC, SSR, LTP: what an ADTS header can name. */
const PLAIN_TYPES = [1, 2, 3, 4];
/** SBR, and SBR with parametric stereo: LC with more in its fill elements, found by the decoder. */
const EXTENDED_TYPES = [5, 29];
const EXPLICIT_RATE = 15;

/** Reads an AudioSpecificConfig (ISO 14496-3, 1.6.2.1); `undefined` for anything but AAC. */
export function toAacFormat(config: Uint8Array): AacFormat | undefined {
	const bits = toBits(config);
	const type = readType(bits);
	const rateIndex = readRateIndex(bits);
	const channels = bits(4);
	if (rateIndex === undefined || channels < 1 || channels > 7) return undefined;
	return [...PLAIN_TYPES, ...EXTENDED_TYPES].includes(type) ? { rateIndex, channels } : undefined;
}

function readType(bits: (count: number) => number): number {
	const type = bits(5);
	return type === 31 ? 32 + bits(6) : type;
}

function readRateIndex(bits: (count: number) => number): number | undefined {
	const index = bits(4);
	const found = index === EXPLICIT_RATE ? ADTS_RATES.indexOf(bits(24)) : index;
	return found >= 0 && found < ADTS_RATES.length ? found : undefined;
}

/** Behind the end there are zeros. */
function toBits(bytes: Uint8Array): (count: number) => number {
	let position = 0;
	return (count) => {
		let value = 0;
		for (let bit = 0; bit < count; bit++, position++) {
			value = value * 2 + (((bytes[position >>> 3] ?? 0) >>> (7 - (position & 7))) & 1);
		}
		return value;
	};
}
