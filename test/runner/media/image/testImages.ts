import sharp, { type Sharp } from 'sharp';

/** A picture with so much noise that it does not compress away. */
export function noise(width: number, height: number): Sharp {
	return sharp({
		create: {
			width,
			height,
			channels: 3,
			background: '#888',
			noise: { type: 'gaussian', mean: 128, sigma: 60 },
		},
	});
}

/** A plain rectangle. */
export function plain(width: number, height: number, background = '#c00'): Sharp {
	return sharp({ create: { width, height, channels: 3, background } });
}

/** An animation of so many frames. */
export async function animation(width: number, height: number, frames: number): Promise<Sharp> {
	const pictures = Array.from({ length: frames }, (_, index) =>
		plain(width, height, `hsl(${(index * 360) / frames}, 80%, 50%)`)
			.png()
			.toBuffer(),
	);
	return sharp(await Promise.all(pictures), { join: { animated: true } });
}
