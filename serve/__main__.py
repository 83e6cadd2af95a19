import sys

from serve.command_line import main

sys.exit(main())
