#!/usr/bin/env node
import './require-node.mjs';

// Imported only now: what follows uses syntax and modules of Node.js 20.
import('./plinth-main.mjs');
