#!/usr/bin/env node
// Starts the command line on a Node that can run it. Written for whatever Node the machine has: ES5 only.
'use strict';
var childProcess = require('child_process');
var fs = require('fs');
var path = require('path');

var root = path.resolve(__dirname, '..');
// In a clone the sources run as they are, which takes a Node that strips types; a package has them built.
var source = path.join(root, 'electron', 'cli.ts');
var built = path.join(root, 'dist', 'electron', 'cli.js');
var inClone = fs.existsSync(source);
var entry = inClone ? source : built;
var needed = inClone ? [22, 18] : [22, 14];

function suffices(version) {
  var parts = version.split('.').map(Number);
  // 23 learned to strip types later than 22 did.
  if (inClone && parts[0] === 23 && parts[1] < 6) return false;
  return parts[0] > needed[0] || (parts[0] === needed[0] && parts[1] >= needed[1]);
}

function pinnedNode() {
  var name = process.platform === 'win32' ? 'node.exe' : 'node';
  var candidate = path.join(root, 'node_modules', 'node', 'bin', name);
  return fs.existsSync(candidate) ? candidate : null;
}

function complain(sentence) {
  console.error(sentence);
  process.exit(2);
}

if (!fs.existsSync(entry)) {
  complain('holdpoint is not complete: ' + entry + ' is missing. Run "npm run build" in ' + root + '.');
}

var node = suffices(process.versions.node) ? process.execPath : pinnedNode();
if (!node) {
  complain(
    'holdpoint needs Node ' +
      needed.join('.') +
      ' or newer, and this is Node ' +
      process.versions.node +
      '. ' +
      (inClone
        ? 'Run "npm install" in ' +
          root +
          ', which brings the right one, or install it from your package manager.'
        : 'Install a newer Node and try again.'),
  );
}

var child = childProcess.spawn(node, [entry].concat(process.argv.slice(2)), { stdio: 'inherit' });
// Ctrl-C reaches the child by itself; what only this process hears is passed on.
process.on('SIGINT', function () {});
process.on('SIGTERM', function () {
  child.kill('SIGTERM');
});
child.on('error', function (error) {
  complain('holdpoint could not start ' + node + ': ' + error.message);
});
child.on('exit', function (code, signal) {
  process.exit(signal ? 1 : code);
});
