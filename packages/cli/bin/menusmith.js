#!/usr/bin/env node
// The command, where the repository has always had it; it is published with the package menusmith.
import '../../menusmith/bin/menusmith.js';
