// Runs a task of this project on the pinned Node, installing the dependencies first when they are missing
// or out of date. Written for whatever Node the machine has: no syntax newer than Node 8.
'use strict';
var childProcess = require('child_process');
var crypto = require('crypto');
var fs = require('fs');
var path = require('path');

var root = path.resolve(__dirname, '..');
var modules = path.join(root, 'node_modules');
var stamp = path.join(modules, '.holdpoint-installed');
var pinnedNode = path.join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

function lockDigest() {
  return crypto
    .createHash('sha256')
    .update(fs.readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
}

function installed() {
  try {
    return fs.existsSync(pinnedNode) && fs.readFileSync(stamp, 'utf8') === lockDigest();
  } catch (_error) {
    return false;
  }
}

function install() {
  console.error(
    'Installing the dependencies named in package-lock.json (about a minute, only when they change) …',
  );
  var npm = process.env.npm_execpath;
  var options = { cwd: root, stdio: ['ignore', 2, 2] };
  // Not "npm ci": it refuses a lock file that lacks the optional packages of other platforms. "--no-save" keeps to
  // the locked versions all the same and leaves the lock file as it is.
  var args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  var result =
    npm && /\.c?js$/.test(npm)
      ? childProcess.spawnSync(process.execPath, [npm].concat(args), options)
      : childProcess.spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
  if (result.status !== 0 || !fs.existsSync(pinnedNode)) {
    console.error(
      'The dependencies could not be installed. Run "npm install" here to see why; the npm registry must be reachable.',
    );
    process.exit(1);
  }
  fs.writeFileSync(stamp, lockDigest());
}

function run(task, args) {
  var file = path.join(root, 'scripts', task + '.ts');
  if (!task || !fs.existsSync(file)) {
    console.error('There is no task "' + task + '". The tasks are the "scripts" of package.json.');
    process.exit(2);
  }
  var env = Object.assign({}, process.env);
  var pathKey = Object.keys(env).filter((key) => key.toUpperCase() === 'PATH')[0] || 'PATH';
  env[pathKey] = path.dirname(pinnedNode) + path.delimiter + env[pathKey];
  var child = childProcess.spawn(pinnedNode, [file].concat(args), { cwd: root, env: env, stdio: 'inherit' });
  // The child shares this terminal's process group and gets Ctrl-C itself; this process only waits for it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {
    child.kill('SIGTERM');
  });
  child.on('exit', (code, signal) => {
    process.exit(signal ? 1 : code);
  });
}

if (!installed()) install();
run(process.argv[2], process.argv.slice(3));
