"""Record clients that oss2 2.19.1 pickled, for workers that have this library.

Run with an interpreter that has oss2 2.19.1::

    python -W ignore tests/compat/record_pickles.py > tests/compat/pickles.json
"""
import base64
import json
import pickle

import oss2

ENDPOINT = 'http://oss-cn-hangzhou.aliyuncs.com'
AUTHS = {
    'Auth': oss2.Auth('key-id', 'key-secret'),
    'AuthV2': oss2.AuthV2('key-id', 'key-secret'),
    'AuthV4': oss2.AuthV4('key-id', 'key-secret'),
    'StsAuth': oss2.StsAuth('key-id', 'key-secret', 'sts-token'),
    'AnonymousAuth': oss2.AnonymousAuth(),
}


def pickled(client):
    return base64.b64encode(pickle.dumps(client, protocol=2)).decode()


def main():
    clients = {name: pickled(oss2.Bucket(auth, ENDPOINT, 'test-bucket', region='cn-hangzhou', connect_timeout=7))
               for name, auth in AUTHS.items()}
    clients['Service'] = pickled(oss2.Service(AUTHS['Auth'], ENDPOINT, connect_timeout=7))
    print(json.dumps(clients, indent=1, sort_keys=True))


if __name__ == '__main__':
    main()
