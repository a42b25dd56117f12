/**
 * The modules of the standard library that the interpreter does not bring: `sys.stdlib_module_names` of Python 3.11 without
 * those of `index.ts`. They are there wherever Python is, whatever is installed beside it.
 */
const others: ReadonlySet<string> = new Set(
  `
    __future__ _abc _aix_support _ast _asyncio _bisect _blake2 _bootsubprocess _bz2 _codecs _codecs_cn _codecs_hk
    _codecs_iso2022 _codecs_jp _codecs_kr _codecs_tw _collections _collections_abc _compat_pickle _compression
    _contextvars _crypt _csv _ctypes _curses _curses_panel _datetime _dbm _decimal _elementtree _frozen_importlib
    _frozen_importlib_external _functools _gdbm _hashlib _heapq _imp _io _json _locale _lsprof _lzma _markupbase
    _md5 _msi _multibytecodec _multiprocessing _opcode _operator _osx_support _overlapped _pickle _posixshmem
    _posixsubprocess _py_abc _pydecimal _pyio _queue _random _scproxy _sha1 _sha256 _sha3 _sha512 _signal
    _sitebuiltins _socket _sqlite3 _sre _ssl _stat _statistics _string _strptime _struct _symtable _thread
    _threading_local _tkinter _tokenize _tracemalloc _typing _uuid _warnings _weakref _weakrefset _winapi _zoneinfo
    aifc antigravity array asynchat asyncore audioop bdb binascii builtins cProfile cgi cgitb chunk cmd code codeop
    colorsys compileall contextvars crypt curses dbm dis distutils doctest encodings ensurepip errno faulthandler
    fcntl filecmp fileinput fnmatch ftplib genericpath getopt gettext graphlib grp hmac idlelib imaplib imghdr imp
    ipaddress keyword lib2to3 lzma mailbox mailcap marshal mimetypes mmap modulefinder msilib msvcrt netrc nis
    nntplib nt ntpath nturl2path opcode optparse ossaudiodev pickletools pipes plistlib poplib posix posixpath
    profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat quopri readline reprlib rlcompleter runpy
    selectors shelve site smtpd smtplib sndhdr socketserver spwd sre_compile sre_constants sre_parse stringprep
    sunau symtable sysconfig syslog tabnanny telnetlib termios this token tokenize tomllib trace tracemalloc tty
    turtle turtledemo unicodedata uu venv wave webbrowser winreg winsound wsgiref xdrlib xmlrpc zipapp zipimport
    zoneinfo
  `
    .trim()
    .split(/\s+/),
);

/** Whether a top-level module belongs to the standard library and is not known here. */
export function isUnknownStandardModule(name: string): boolean {
  return others.has(name);
}
