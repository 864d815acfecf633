"""serve.py FILE — a site for tests/inputs.sh on a free port of this machine; the port is written to FILE."""
import gzip
import http.server
import sys

PAGE = ('<html><head><title>{t}</title></head><body><h1>{t}</h1><p>Police said two people died in the fire near Tarsova on '
        'Monday, and that nine more were taken to hospital.</p></body></html>')
FEED = ('<?xml version="1.0"?><rss version="2.0"><channel><title>The Marn Courier</title><item><title>Second fire</title>'
        '<link>http://127.0.0.1:{port}/page</link></item></channel></rss>')


class Site(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *args):
        pass

    def answer(self, body, kind='text/html', status=200, **headers):
        self.send_response(status)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace('_', '-'), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        path = self.path.split('?')[0]
        if path == '/robots.txt':
            self.answer(b'User-agent: *\nDisallow: /\nAllow: /page\n\n'
                        b'User-agent: tidings\nDisallow: /private\nAllow: /private/open$\n', 'text/plain')
        elif path == '/page' or path.startswith('/private'):
            self.answer(PAGE.format(t='Fire near Tarsova').encode())
        elif path == '/agent':
            self.answer(PAGE.format(t='asked by ' + self.headers['User-Agent'].split('/')[0]).encode())
        elif path == '/latin':
            self.answer(PAGE.format(t='Fire in the caf\xe9').encode('latin-1'), 'text/html; charset="ISO-8859-1"')
        elif path == '/gzip':
            self.answer(gzip.compress(PAGE.format(t='Packed fire').encode()), Content_Encoding='gzip')
        elif path == '/feed':
            self.answer(FEED.format(port=self.server.server_port).encode(), 'application/rss+xml')
        elif path == '/moved':
            self.answer(b'', status=301, Location='/page')
        elif path == '/loop':
            self.answer(b'', status=302, Location='/loop')
        elif path == '/to-private':
            self.answer(b'', status=302, Location='/private/x')
        elif path == '/to-file':
            self.answer(b'', status=302, Location='file:///etc/passwd')
        elif path == '/image':
            self.answer(b'\x89PNG', 'image/png')
        elif path == '/bomb':
            self.answer(gzip.compress(bytes(80 << 20), 1), Content_Encoding='gzip')
        else:
            self.answer(b'not here', status=404)


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        pass  # who was told too much hangs up


server = Server(('127.0.0.1', 0), Site)
with open(sys.argv[1], 'w') as out:
    out.write(str(server.server_port))
server.serve_forever()
