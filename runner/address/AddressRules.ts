/**
 * What an operator allows and refuses beyond our own rule, as n8n's N8N_SSRF_* variables say it. What
 * is allowed wins over what is blocked. Names may begin with `*.`; ranges are in CIDR notation.
 */
export interface AddressRules {
	readonly allowedHostnames: readonly string[];
	readonly blockedHostnames: readonly string[];
	readonly allowedRanges: readonly string[];
	readonly blockedRanges: readonly string[];
}

export const NO_RULES: AddressRules = Object.freeze({
	allowedHostnames: [],
	blockedHostnames: [],
	allowedRanges: [],
	blockedRanges: [],
});

/** Whether a name is in a list of names; `*.example.com` stands for every name below example.com. */
export function matchesName(name: string, patterns: readonly string[]): boolean {
	const host = toPlain(name);
	return patterns.map(toPlain).some((pattern) => {
		if (!pattern.startsWith('*.')) return host === pattern;
		return host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1;
	});
}

function toPlain(name: string): string {
	return name.trim().toLowerCase().replace(/\.$/, '');
}
