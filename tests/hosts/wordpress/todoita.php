<?php
/* Plugin Name: todoita on the pages of Two-Factor */

const TODOITA_PROVIDERS = array(
	'Two_Factor_Totp'         => 'channel="app" backup="none"',
	'Two_Factor_Email'        => 'channel="email" digits="8" backup="none"',
	'Two_Factor_Backup_Codes' => 'channel="backup"',
);

add_action( 'login_head', function () {
	$files = esc_url( plugins_url( 'todoita/dist/todoita', __FILE__ ) );
	echo "<link rel='stylesheet' href='$files.css'><script type='module' src='$files.js'></script>";
} );

add_action( 'two_factor_before_authentication_prompt', function ( $provider ) {
	$attributes = TODOITA_PROVIDERS[ get_class( $provider ) ] ?? null;
	if ( $attributes ) echo "<todoita-code $attributes>";
} );

add_action( 'two_factor_after_authentication_input', function ( $provider ) {
	if ( isset( TODOITA_PROVIDERS[ get_class( $provider ) ] ) ) echo '</todoita-code>';
} );
