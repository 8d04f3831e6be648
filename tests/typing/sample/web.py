"""What `oss2.models` has of web."""
from __future__ import annotations

from typing import TYPE_CHECKING, List, Optional

from oss2 import models

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def bucket_cors() -> models.BucketCors:
    value = models.BucketCors(rules=[cors_rule()], response_vary=True)
    assert_type(value.rules, List[models.CorsRule])
    assert_type(value.response_vary, Optional[bool])
    return value


def bucket_logging() -> models.BucketLogging:
    value = models.BucketLogging('target-bucket', 'target-prefix')
    assert_type(value.target_bucket, Optional[str])
    assert_type(value.target_prefix, Optional[str])
    return value


def bucket_referer() -> models.BucketReferer:
    value = models.BucketReferer(
        True, ['referer'], allow_truncate_query_string=True, black_referers=['black-referer'])
    assert_type(value.allow_empty_referer, bool)
    assert_type(value.referers, List[str])
    assert_type(value.allow_truncate_query_string, Optional[bool])
    assert_type(value.black_referers, Optional[List[str]])
    return value


def bucket_tls_version() -> models.BucketTlsVersion:
    value = models.BucketTlsVersion(tls_enabled=True, tls_version=['tls-version'])
    assert_type(value.tls_enabled, bool)
    assert_type(value.tls_version, Optional[List[str]])
    return value


def bucket_website() -> models.BucketWebsite:
    value = models.BucketWebsite('index-file', 'error-file', rules=[routing_rule()])
    assert_type(value.index_file, Optional[str])
    assert_type(value.error_file, Optional[str])
    assert_type(value.rules, List[models.RoutingRule])
    return value


def cipher_suite() -> models.CipherSuite:
    value = models.CipherSuite(True, strong=True, custom=['custom'], tls13_custom=['tls13-custom'])
    assert_type(value.enabled, Optional[bool])
    assert_type(value.strong, Optional[bool])
    assert_type(value.custom, List[str])
    assert_type(value.tls13_custom, List[str])
    return value


def condition() -> models.Condition:
    value = models.Condition(
        key_prefix_equals='key-prefix-equals', http_err_code_return_equals=404,
        include_header_list=[condition_inlcude_header()])
    assert_type(value.key_prefix_equals, Optional[str])
    assert_type(value.http_err_code_return_equals, Optional[int])
    assert_type(value.include_header_list, List[models.ConditionInlcudeHeader])
    return value


def condition_inlcude_header() -> models.ConditionInlcudeHeader:
    value = models.ConditionInlcudeHeader(key='key', equals='equals')
    assert_type(value.key, Optional[str])
    assert_type(value.equals, Optional[str])
    return value


def cors_rule() -> models.CorsRule:
    value = models.CorsRule(
        allowed_origins=['allowed-origin'], allowed_methods=['allowed-method'],
        allowed_headers=['allowed-header'], expose_headers=['expose-header'], max_age_seconds=1)
    assert_type(value.allowed_origins, List[str])
    assert_type(value.allowed_methods, List[str])
    assert_type(value.allowed_headers, List[str])
    assert_type(value.expose_headers, List[str])
    assert_type(value.max_age_seconds, Optional[int])
    return value


def get_bucket_cors_result(result: models.GetBucketCorsResult) -> None:
    assert_type(result.rules, List[models.CorsRule])
    assert_type(result.response_vary, Optional[bool])


def get_bucket_logging_result(result: models.GetBucketLoggingResult) -> None:
    assert_type(result.target_bucket, str)
    assert_type(result.target_prefix, str)


def get_bucket_referer_result(result: models.GetBucketRefererResult) -> None:
    assert_type(result.allow_empty_referer, bool)
    assert_type(result.referers, List[str])
    assert_type(result.allow_truncate_query_string, Optional[bool])
    assert_type(result.black_referers, List[str])


def get_bucket_website_result(result: models.GetBucketWebsiteResult) -> None:
    assert_type(result.index_file, Optional[str])
    assert_type(result.error_file, Optional[str])
    assert_type(result.rules, List[models.RoutingRule])


def https_config_result(result: models.HttpsConfigResult) -> None:
    assert_type(result.tls_enabled, Optional[bool])
    assert_type(result.tls_version, List[str])
    assert_type(result.cipher_suite, Optional[models.CipherSuite])


def mirror_headers_set() -> models.MirrorHeadersSet:
    value = models.MirrorHeadersSet(key='key', value='value')
    assert_type(value.key, Optional[str])
    assert_type(value.value, Optional[str])
    return value


def redirect() -> models.Redirect:
    value = models.Redirect(
        redirect_type='Mirror', pass_query_string=True, mirror_url='http://a.com/', mirror_url_slave='http://b.com/',
        mirror_url_probe='http://a.com/probe', mirror_pass_query_string=True, mirror_follow_redirect=True,
        mirror_check_md5=True, mirror_headers=redirect_mirror_headers())
    models.Redirect('External', proto='https', host_name='a.com', http_redirect_code=302, replace_key_with='key')
    models.Redirect(redirect_type='Internal', replace_key_prefix_with='prefix/')
    assert_type(value.redirect_type, Optional[str])
    assert_type(value.pass_query_string, Optional[bool])
    assert_type(value.replace_key_with, Optional[str])
    assert_type(value.replace_key_prefix_with, Optional[str])
    assert_type(value.proto, Optional[str])
    assert_type(value.host_name, Optional[str])
    assert_type(value.http_redirect_code, Optional[int])
    assert_type(value.mirror_url, Optional[str])
    assert_type(value.mirror_url_slave, Optional[str])
    assert_type(value.mirror_url_probe, Optional[str])
    assert_type(value.mirror_pass_query_string, Optional[bool])
    assert_type(value.mirror_follow_redirect, Optional[bool])
    assert_type(value.mirror_check_md5, Optional[bool])
    assert_type(value.mirror_headers, Optional[models.RedirectMirrorHeaders])
    return value


def redirect_mirror_headers() -> models.RedirectMirrorHeaders:
    value = models.RedirectMirrorHeaders(
        pass_all=True, pass_list=['pass-list'], remove_list=['remove-list'],
        set_list=[mirror_headers_set()])
    assert_type(value.pass_all, Optional[bool])
    assert_type(value.pass_list, List[str])
    assert_type(value.remove_list, List[str])
    assert_type(value.set_list, List[models.MirrorHeadersSet])
    return value


def routing_rule() -> models.RoutingRule:
    value = models.RoutingRule(rule_num=1, condition=condition(), redirect=redirect())
    assert_type(value.rule_num, int)
    assert_type(value.condition, Optional[models.Condition])
    assert_type(value.redirect, Optional[models.Redirect])
    return value
