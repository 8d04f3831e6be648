"""Dask writes and reads a data frame as Parquet through oss://, with two worker processes.

Needs dask, distributed, pandas, pyarrow and ossfs, which turns ``oss://`` paths into calls of oss2.

Runs against an OSS on this machine, the embedded emulator, unless the environment names another one:
OSS_ENDPOINT, OSS_ACCESS_KEY_ID, OSS_ACCESS_KEY_SECRET and OSS_BUCKET.
"""
from __future__ import annotations

import contextlib
import os
from typing import Dict, Iterator, Tuple

import dask.dataframe
import pandas
from dask.distributed import Client, LocalCluster

# ossfs ends a range one byte late; a cache of fsspec's cuts that off, plain reads hand it to pyarrow, which objects.
READING = {'cache_type': 'readahead'}


@contextlib.contextmanager
def open_storage() -> Iterator[Tuple[str, Dict[str, str]]]:
    """A bucket's name, and what ossfs has to know to reach it; workers get both along with their tasks."""
    if 'OSS_ENDPOINT' in os.environ:
        yield os.environ['OSS_BUCKET'], {
            'endpoint': os.environ['OSS_ENDPOINT'],
            'key': os.environ['OSS_ACCESS_KEY_ID'],
            'secret': os.environ['OSS_ACCESS_KEY_SECRET'],
        }
    else:
        from oss2.emulator import Emulator
        with Emulator() as oss:
            yield oss.bucket('frames').bucket_name, {
                'endpoint': oss.endpoint,
                'key': oss.credentials.access_key_id,
                'secret': oss.credentials.access_key_secret,
            }


def main() -> None:
    with open_storage() as (bucket, options), \
            LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster):
        cities = ['北京', '杭州', '深圳']
        sales = pandas.DataFrame({'city': [cities[number % 3] for number in range(3000)], 'amount': range(3000)})
        path = 'oss://%s/sales' % bucket
        dask.dataframe.from_pandas(sales, npartitions=4).to_parquet(path, storage_options=options)
        print('written:', path)

        frame = dask.dataframe.read_parquet(path, storage_options=options, open_file_options=READING)
        print('read back:', len(frame), 'rows in', frame.npartitions, 'partitions')
        for city, amount in frame.groupby('city').amount.sum().compute().sort_index().items():
            print(city, amount)

        large = dask.dataframe.read_parquet(path, columns=['amount'], filters=[('amount', '>=', 2990)],
                                            storage_options=options, open_file_options=READING)
        print('of', large.amount.min().compute(), 'or more:', len(large), 'rows')


if __name__ == '__main__':
    main()
