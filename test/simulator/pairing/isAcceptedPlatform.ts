const SYSTEMS = [
	'Mac OS',
	'Windows',
	'Ubuntu',
	'Linux',
	'Debian',
	'Fedora',
	'Chrome OS',
	'Android',
];

/** Whether WhatsApp accepts a `companion_platform_display`: `Browser (OS)` with a real operating system. */
export function isAcceptedPlatform(display: string): boolean {
	const system = /^[^()]+ \(([^()]+)\)$/.exec(display)?.[1];
	return system !== undefined && SYSTEMS.includes(system);
}
