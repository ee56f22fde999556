import { ROUTES, type RouteDefinition } from '../../contract';

/** The methods a path has, HEAD included; empty when there is no such path. Takes no query string. */
export function toAllowedMethods(path: string): string[] {
	const steps = path.split('/');
	const routes: RouteDefinition[] = Object.values(ROUTES);
	const methods = routes.filter((route) => matches(route.path, steps)).map(({ method }) => method);
	const allowed = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
	return [...new Set(allowed)].sort();
}

function matches(pattern: string, steps: readonly string[]): boolean {
	const wanted = pattern.split('/');
	return (
		wanted.length === steps.length &&
		wanted.every((step, index) => step.startsWith(':') || step === steps[index])
	);
}
