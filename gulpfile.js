/** What tsc cannot do: dist/ mirrors the tree, so a `file:` path means the same in source and build. */
const { rm } = require('node:fs/promises');
const { dest, src } = require('gulp');

const assets = [
	'icons/*.svg',
	'nodes/**/*.node.json',
	'nodes/**/*.svg',
	'runner/panel/**/*.{html,css,js,svg}',
];

exports.clean = () => rm('dist', { recursive: true, force: true });

// Without `encoding: false` gulp reads files as UTF-8 and breaks binary ones.
exports.assets = () => src(assets, { base: '.', encoding: false }).pipe(dest('dist'));
